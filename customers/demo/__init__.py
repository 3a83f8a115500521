"""A believable company to try Retainer with: invented customers, people and two years of history.

`places`, `people` and `companies` are the words, `showcase` the customers that are told in full, `directory` plans
all customers from one random seed, `story` what happened to them, `loading` writes it all through the rules,
`backdating` moves what was written to when it is said to have happened, and `benchmark` fills a database in bulk.
"""
