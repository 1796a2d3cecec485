"""鸽哨 Geshao, the map of the house.

A room imports only rooms on lower floors (`tests/test_house.py` walks the imports)::

    5  __main__  commands/  ../ui/                        faces: what people type and look at
    4  app                                                wiring: one AsyncExitStack, one TaskGroup
    3  watcher  dispatcher  inbox                         what the program does
    2  journal/  platforms/  channels/  vault  config  events    the outside world
    1  cases/                                             the trade: pure
    0  clock  errors  log  words                          ground
       demo/    make-believe back offices: imports only floor 0, imported only by commands and tests

Read it in this order: `cases/case.py` for the words, `cases/reconcile.py` and `cases/policy.py`
for the decisions, `platforms/reader.py` for how a page is read, `watcher.py` and `dispatcher.py`
for the two loops, `app.py` for how it is put together.

Where this house differs from the first plan, and why:

- `commands/` stands beside `__main__`: a dozen commands do not fit one file of one subject.
- `words` is on the ground floor: errors, channels and faces all name tiers, kinds and outcomes.
- `events` is a room of its own on floor 2: scripts read it, so its shape is a promise.
"""
