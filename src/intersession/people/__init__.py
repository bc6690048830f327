"""Who somebody is: account, addresses, affiliation, stakeholder group, region, consent."""
