"""Use cases: a class for each subject, a method for each thing a worker, a file or another program can ask for.

A subject holds the context (database, caller, clock), and its methods are the code. The ``Desk`` wires the subjects of
one worker together, each loaded when it is first asked for. What happens inside a unit of work and is needed by
several subjects stands beside them as a function.
"""
