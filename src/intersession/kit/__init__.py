"""Tools that know nothing of coalitions: answers, lives, facts, pages, clock, text, paging."""
