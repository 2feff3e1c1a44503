# ruff: noqa: T201 - a script that prints its table
"""What a report costs: time and peak memory, beside WeasyPrint and ReportLab in the same run.

Each figure is from a fresh process; the programs take turns. All three draw the log table and the
charts of the same model; Quiver also draws its two whole pages with fitting and attachment.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = (143, 5_000)
LANGUAGES = ("en", "zh-Hant")
MOST_SECONDS = 1.0
MOST_MIB = 250
TIMES_WEASYPRINT = 5
QUIVER = "Quiver, two whole pages"
QUIVER_SAME = "Quiver, log and charts, tags"
WEASYPRINT = "WeasyPrint, log and charts, no tags"
WEASYPRINT_TAGGED = "WeasyPrint, log and charts, tags"
REPORTLAB = "ReportLab, log and charts, no tags"
OTHERS = {
    WEASYPRINT: ("weasyprint", ["weasyprint_page.py"]),
    WEASYPRINT_TAGGED: ("weasyprint", ["weasyprint_page.py", "pdf/ua-1"]),
    REPORTLAB: ("reportlab", ["reportlab_page.py"]),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One drawing in a fresh process: seconds by the clock and of CPU, peak MiB, bytes of PDF."""

    seconds: float
    processor: float
    mib: float
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """One report by Quiver from nothing: the drawing, the model, and all with Python's start."""

    drawing: Sample
    model: float
    cold: float
    service_mib: float
    attached: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All samples of one diary, by the program that drew them."""

    episodes: int
    language: str
    wholes: Sequence[Whole]
    drawings: Mapping[str, Sequence[Sample]]


def whole_report(episodes: int, language: str, *more: str) -> Whole:
    """Return what one report took in fresh processes."""
    command = [sys.executable, "-m", "bench.paper.quiver", "--episodes", str(episodes)]
    command += ["--language", language, *more]
    began = time.perf_counter()
    answer = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=ROOT)  # noqa: S603
    everything = time.perf_counter() - began
    took = json.loads(answer.stdout)
    drawing = Sample(
        seconds=took["pdf"],
        processor=took["drawing_cpu"],
        mib=took["drawing_kib"] / 1024,
        size=took["bytes"],
    )
    return Whole(
        drawing=drawing,
        model=took["model"],
        cold=everything - took["diary"],
        service_mib=took["own_kib"] / 1024,
        attached=took["attached_bytes"],
    )


def drawn_by(command: Sequence[str], job: Path, pdf: Path) -> Sample:
    """Return what another program took from its start to its end."""
    began = time.perf_counter()
    with job.open("rb") as given, pdf.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own scripts
            [sys.executable, str(ROOT / "bench" / "paper" / command[0]), *command[1:]],
            stdin=given,
            stdout=out,
        )
        _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} failed.")
    return Sample(
        seconds=seconds,
        processor=used.ru_utime + used.ru_stime,
        mib=used.ru_maxrss / 1024,
        size=pdf.stat().st_size,
    )


def installed_others() -> dict[str, list[str]]:
    """Return the commands of the other programs that are installed, and say which are not."""
    missing = {package for package, _ in OTHERS.values() if not importlib.util.find_spec(package)}
    for package in sorted(missing):
        print(f"{package}: not installed (pip install --group bench)\n")
    return {name: command for name, (package, command) in OTHERS.items() if package not in missing}


def case_of(episodes: int, language: str, runs: int, others: dict[str, list[str]]) -> Case:
    """Return the samples of one diary; the programs take turns."""
    drawings: defaultdict[str, list[Sample]] = defaultdict(list)
    wholes = []
    with tempfile.TemporaryDirectory(prefix="bench-report-") as place:
        job, pdf = Path(place, "job.json"), Path(place, "report.pdf")
        for _ in range(runs):
            wholes.append(whole_report(episodes, language, "--job", str(job)))
            drawings[QUIVER].append(wholes[-1].drawing)
            same = whole_report(episodes, language, "--log-and-charts")
            drawings[QUIVER_SAME].append(same.drawing)
            for name, command in others.items():
                drawings[name].append(drawn_by(command, job, pdf))
    return Case(episodes=episodes, language=language, wholes=wholes, drawings=drawings)


def print_drawings(cases: Sequence[Case]) -> None:
    """Print what each program took for each diary."""
    print("| episodes | language | drawn by | clock s | range s | CPU s | MiB | KiB | ratio |")
    print("|---|---|---|---|---|---|---|---|---|")
    for case in cases:
        quiver = median_seconds(case.drawings[QUIVER_SAME])
        for name, samples in case.drawings.items():
            seconds = [sample.seconds for sample in samples]
            print(
                f"| {case.episodes} | {case.language} | {name} | {statistics.median(seconds):.2f}"
                f" | {min(seconds):.2f} to {max(seconds):.2f}"
                f" | {statistics.median(sample.processor for sample in samples):.2f}"
                f" | {max(sample.mib for sample in samples):.0f} | {samples[-1].size // 1024}"
                f" | {statistics.median(seconds) / quiver:.1f} |"
            )


def print_wholes(cases: Sequence[Case]) -> None:
    """Print what the service spends on a report beside the drawing."""
    print("\n| episodes | language | model s | from a cold start s | service MiB | JSON KiB |")
    print("|---|---|---|---|---|---|")
    for case in cases:
        print(
            f"| {case.episodes} | {case.language}"
            f" | {statistics.median(whole.model for whole in case.wholes):.2f}"
            f" | {statistics.median(whole.cold for whole in case.wholes):.2f}"
            f" | {max(whole.service_mib for whole in case.wholes):.0f}"
            f" | {case.wholes[-1].attached // 1024} |"
        )


def missed(case: Case) -> Iterator[str]:
    """Yield what a case should have met and did not."""
    quiver = case.drawings[QUIVER]
    name = f"{case.episodes} episodes, {case.language}"
    if median_seconds(quiver) >= MOST_SECONDS:
        yield f"{name}: not under {MOST_SECONDS:.0f} s"
    if case.episodes == SIZES[0] and max(sample.mib for sample in quiver) >= MOST_MIB:
        yield f"{name}: not under {MOST_MIB} MiB"
    same, beside = case.drawings[QUIVER_SAME], case.drawings.get(WEASYPRINT_TAGGED)
    if beside and median_seconds(beside) < TIMES_WEASYPRINT * median_seconds(same):
        yield f"{name}: WeasyPrint takes less than {TIMES_WEASYPRINT} times as long"


def median_seconds(samples: Sequence[Sample]) -> float:
    """Return the median of the times."""
    return statistics.median(sample.seconds for sample in samples)


def main() -> int:
    """Measure, print, and return 1 when a target was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    subprocess.run([sys.executable, "-m", "reports.fonts.fetch"], check=True, cwd=ROOT)
    others = installed_others()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
    cases = [case_of(size, name, runs, others) for size in SIZES for name in LANGUAGES]
    print_drawings(cases)
    print_wholes(cases)
    failures = [failure for case in cases for failure in missed(case)]
    print("\n" + ("\n".join(failures) if failures else "All targets are met."))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
