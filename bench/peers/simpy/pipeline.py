"""Image pipelines in SimPy: what bench/fleet.ts plays on the loop, with or without time-outs.

Usage: pipeline.py plain|timeouts EXECUTIONS LIVE
Prints the steps that were taken and the seconds that they took. A step is what one is for the loop:
the beginning of an execution, and every end of a stage, a copy or a share.
"""
import random
import sys
import time

import simpy

REGIONS = 3
FAILURE = 0.02
STAGES = (60.0, 60.0, 240.0, 60.0)
COPY, SHARE, RELEASE = 120.0, 10.0, 20.0
# So long that they hardly ever pass, as time-outs are; each is set and given up.
LIMIT = 36_000.0

steps = 0
draw = random.Random(1)


def stage(env, mean, timeouts):
    """One task that may take too long, and may fail: whether it went well."""
    global steps
    duration = draw.expovariate(1 / mean)
    if timeouts:
        work = env.process(nap(env, duration))
        late = env.timeout(LIMIT)
        yield work | late
        well = work.triggered
    else:
        yield env.timeout(duration)
        well = True
    steps += 1
    return well and draw.random() >= FAILURE


def nap(env, duration):
    yield env.timeout(duration)


def attempts(env, mean, pause):
    """A task of a fan-out: three attempts, a growing pause between them."""
    global steps
    for attempt in range(3):
        yield env.timeout(draw.expovariate(1 / mean))
        if draw.random() >= FAILURE:
            break
        if attempt < 2:
            yield env.timeout(pause * 2**attempt)
    steps += 1


def fan_out(env, count, mean, pause, timeouts):
    work = env.all_of([env.process(attempts(env, mean, pause)) for _ in range(count)])
    if timeouts:
        yield work | env.timeout(LIMIT)
    else:
        yield work


def execution(env, timeouts):
    global steps
    steps += 1
    for mean in STAGES:
        well = yield from stage(env, mean, timeouts)
        if not well:
            break
    else:
        yield from fan_out(env, REGIONS, COPY, 30.0, timeouts)
        yield from fan_out(env, REGIONS + 1, SHARE, 10.0, timeouts)
    yield from stage(env, RELEASE, timeouts)


def chain(env, left, timeouts):
    """One place of those that are live: an execution after the other."""
    while left[0] > 0:
        left[0] -= 1
        yield env.process(execution(env, timeouts))


def main():
    timeouts = sys.argv[1] == "timeouts"
    count, live = int(sys.argv[2]), int(sys.argv[3])
    begin = time.perf_counter()
    env = simpy.Environment()
    left = [count]
    for _ in range(live):
        env.process(chain(env, left, timeouts))
    env.run()
    print(steps, time.perf_counter() - begin)


main()
