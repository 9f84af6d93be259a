"""How fast 100,000 counts are tallied by both engines, and whether the answers are those of plain sums.

Run: python tests/bench/bench_tally.py [COUNTS]
"""

import gc
import random
import sys
from datetime import date
from time import perf_counter

from referendum.count import Count, Poll, Portion, Rejected, StationAccount
from referendum.question import Instrument
from referendum.tally import tally_many

LIMIT_SECONDS = 5.0


def random_count(dice: random.Random, number: int) -> Count:
    """One count with three stations whose papers add up."""
    found = [dice.randrange(600) for _ in range(4)]
    heads = [dice.randrange(4) for _ in range(4)]
    papers = sum(found) + sum(heads)
    yes = dice.randrange(sum(found) + 1)
    stations = tuple(
        StationAccount(
            name=f"Station {index}",
            supplied=900,
            issued=papers,
            spoilt=0,
            unused=900 - papers,
            tendered=0,
            found=papers,
        )
        for index, papers in enumerate(found[:3])
    )
    portion = Portion(
        council="Alderbrook District Council",
        electorate=papers * 3,
        stations=stations,
        postal_found=found[3] + sum(heads),
        yes=yes,
        no=sum(found) - yes,
        rejected=Rejected(
            official_mark=heads[0],
            more_than_one_answer=heads[1],
            identifies_voter=heads[2],
            unmarked_or_uncertain=heads[3],
        ),
    )
    return Count(
        instrument=Instrument.NDP,
        area=f"Area {number}",
        authority="Alderbrook District Council",
        poll_date=date(2026, 9, 10),
        portions={Poll.RESIDENTIAL: (portion,)},
    )


def main() -> None:
    """Print seconds and a comparison with plain sums; exit 1 where an answer differs or the limit is passed."""
    amount = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    dice = random.Random(20260910)
    counts = [random_count(dice, number) for number in range(amount)]
    gc.freeze()  # the counts just made are not the tally's to clean up
    started = perf_counter()
    results = list(tally_many(counts))
    seconds = perf_counter() - started
    wrong = sum(
        result.polls[Poll.RESIDENTIAL].majority_in_favour
        is not (
            sum(portion.yes for portion in count.portions[Poll.RESIDENTIAL]) * 2
            > sum(portion.yes + portion.no for portion in count.portions[Poll.RESIDENTIAL])
        )
        for count, result in zip(counts, results, strict=True)
    )
    limit = LIMIT_SECONDS * amount / 100_000
    sys.stdout.write(
        f"tally: {amount:,} counts, two engines, {seconds:.2f} s (limit {limit:.2f} s), "
        f"{seconds / amount * 1e6:.0f} us each, {wrong} wrong\n"
    )
    sys.exit(1 if wrong or seconds > limit else 0)


if __name__ == "__main__":
    main()
