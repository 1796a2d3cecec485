"""鸽哨 Geshao, the map of the house.

A room imports only rooms on lower floors (`tests/test_house.py` walks the imports)::

    9  __main__  commands/  ../ui/                        faces: what people type and look at
    8  app                                                wiring: one AsyncExitStack
    7  desk                                               what a person asks of it; one TaskGroup
    6  errands  workshop                                  begun by hand for a shop; shops are made
    5  signing  listing  heartbeat                        how people sign in; the inbox; life sign
    5  controls                                           what is switched beside the shops
    5  answering  clicks                                  answers from a phone; clicked notices
    4  watcher  dispatcher  inbox  sleep                  what the program does
    4  settings                                           what people set, and where it is kept
    4  rehearsals  trial                                  drills: each week, and by hand
    4  bookkeeping                                        what the pages of records show
    3  platforms/  rhythm  pauses  recording  snapshot    reading: how, when, not now, what follows
    3  coverage  roads  mutes                             what was watched; others told; silenced
    3  holidays  bulk  takeback                           who works when; many at once; undone
    3  hindsight  drill  daybook                          what would have rung; a rehearsal; days
    4  glimpses                                           what is told before all is read
    2  journal/  channels/  vault/  config/               the rest of the outside world
    2  fixtures/  events  folder  pace  power             what is told or given to it, and how often
    2  autostart/  turns                                  what starts it, and who begins when
    1  cases/                                             the trade: pure
    1  wav  machine                                       a sound of the user's own; what runs it
    0  clock  ending  errors  log  words                  ground
       demo/    make-believe back offices: imports only floor 0, imported only by commands and tests

Read it in this order: `cases/case.py` for the words, `cases/reconcile.py` and `cases/policy.py`
for the decisions, `platforms/reader.py` for how a page is read, `watcher.py` and `dispatcher.py`
for the two loops, `app.py` for how it is put together.

Where this house differs from the first plan, and why:

- `commands/` stands beside `__main__`: a dozen commands do not fit one file of one subject.
- `words` is on the ground floor: errors, channels and faces all name tiers, kinds and outcomes.
- `events` is a room of its own: scripts read it, so its shape is a promise.
- `platforms/` stands above `vault/`, since a session is opened from there and kept there.
- `fixtures/` keeps what a captured page becomes before anybody else sees it: nothing personal.
- `desk` stands between the loops and `app`: what faces may ask is a subject of its own.
"""
