"""Facts of the law kept as data: the rule book's ids, and the days that counting skips."""
