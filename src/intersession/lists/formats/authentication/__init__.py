"""
Whether a mail is from the domain that its From names (RFC 7208, 6376, 7489, 8601, 8617).

Name the module you need: some load resolvers and cryptography, which most commands never use.
"""
