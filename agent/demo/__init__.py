"""Make-believe back offices, as faithful as we know how: for the demo, the drill and the tests."""
