"""The benchmark: Geshao beside what a merchant could use instead, in one run on one machine.

`python -m tests.bench` runs it. A contender is one class in one file (`contender.py` says what it
has to answer), a trial is one contender with so many shops (`trial.py`), and what is tried for
how long stands in `schedule.py`. Nothing in here is timed by the unit tests.
"""
