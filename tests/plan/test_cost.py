"""What a plan costs, in steps."""

from groundrules.plan.bounds import lower_bound
from groundrules.plan.critical_path import critical_path
from groundrules.plan.pairs import pairs
from groundrules.plan.savings import savings
from groundrules.plan.simulation import simulated
from plan.problems import problem
from steps import growth, steps


def jobs(number):
    lines = (f"j{at} 1 < j{at - 1}, j{at // 2}; holds s{at % 3}" for at in range(1, number))
    return problem("j0 1", *lines, "paused 1 < j3; pauses; holds s1", nodes=3)


def work(problem):
    critical = critical_path(problem)
    savings(problem, critical)
    lower_bound(problem, critical)
    simulated(problem)
    pairs(problem)


def test_ten_times_the_jobs_cost_ten_times_the_steps():
    small, large = jobs(50), jobs(500)
    assert steps(lambda: work(large)) < 12 * steps(lambda: work(small))


def test_a_group_of_independent_jobs_costs_in_proportion_to_its_size():
    def of(number):
        apart = problem(*(f"j{at} 1" for at in range(number)))
        return lambda: pairs(apart, [tuple(apart.by_name)])

    assert growth(of, 100) < 2.2
