"""What is known of pairs of jobs; silence is never "can"."""

from hypothesis import given

from groundrules.plan.pairs import PairQuestion, Pairs, pairs
from plan.problems import problem, problems


def test_no_job_and_one_job_make_no_pair():
    assert pairs(problem()) == pairs(problem("a 1")) == Pairs()
    assert pairs(problem()).is_safe


def test_jobs_that_wait_for_each_other_through_others_are_ordered():
    assert pairs(problem("a 1", "b 1 < a", "c 1 < b")) == Pairs(ordered=3)


def test_of_two_jobs_without_a_word_nothing_is_known():
    assert pairs(problem("a 1", "b 1")) == Pairs(unknown=1, questions=(PairQuestion("a", "b"),))
    assert not pairs(problem("a 1", "b 1")).is_safe


def test_declared_jobs_can_run_side_by_side():
    three = problem("a 1", "b 1", "c 1")
    assert pairs(three, [("a", "b", "c")]) == Pairs(can=3)
    assert pairs(three, [("a", "b", "gone")]).can == 1


def test_a_semaphore_with_limit_1_lets_one_run_at_a_time():
    assert pairs(problem("a 1; holds s", "b 1; holds s")) == Pairs(exclude=1)


def test_a_semaphore_with_a_higher_limit_says_nothing():
    two = problem("a 1; holds s", "b 1; holds s", limits={"s": 2})
    assert pairs(two).unknown == 1


def test_jobs_that_touch_different_things_can_run_side_by_side():
    assert pairs(problem("a 1; touches bridge", "b 1; touches web")) == Pairs(can=1)


def test_jobs_that_share_something_can_run_side_by_side():
    assert pairs(problem("a 1; shares bridge", "b 1; shares bridge")) == Pairs(can=1)


def test_jobs_that_touch_the_same_thing_are_a_question():
    asked = (PairQuestion("a", "b", ("bridge",)),)
    assert pairs(problem("a 1; touches bridge", "b 1; touches bridge")).questions == asked
    assert pairs(problem("a 1; touches bridge", "b 1; shares bridge")).questions == asked
    assert pairs(problem("a 1; shares bridge", "b 1; touches bridge")).questions == asked


def test_a_job_that_says_nothing_is_a_question_for_every_other():
    assert pairs(problem("a 1; touches bridge", "b 1")).questions == (PairQuestion("a", "b"),)


def test_pairs_with_something_in_common_are_asked_first():
    three = problem("a 1", "b 1; touches bridge", "c 1; touches bridge")
    assert pairs(three).questions == (
        PairQuestion("b", "c", ("bridge",)),
        PairQuestion("a", "b"),
        PairQuestion("a", "c"),
    )


def test_many_questions_are_counted_and_the_first_are_listed():
    many = pairs(problem(*(f"j{number} 1" for number in range(30))))
    assert (many.unknown, len(many.questions)) == (435, 20)


@given(problems())
def test_every_pair_is_of_one_kind(problem):
    known, jobs = pairs(problem), len(problem.jobs)
    assert known.ordered + known.exclude + known.can + known.unknown == jobs * (jobs - 1) // 2
