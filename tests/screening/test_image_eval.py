"""The command that judges pictures: no settings, no database, a line for each picture."""

import json
import subprocess
import sys
from pathlib import Path

from launch.setup import ROOT
from screening.suite.generators import draw


def run(works: Path, queries: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "manage.py", "image_eval", "--works", str(works)]
    command += ["--queries", str(queries)]
    return subprocess.run(command, cwd=ROOT, env={}, capture_output=True, text=True, check=False)


def test_each_picture_gets_a_line_in_the_order_of_the_names(tmp_path: Path) -> None:
    works, queries = tmp_path / "works", tmp_path / "queries"
    works.mkdir()
    queries.mkdir()
    draw("figure", 3, 1).save(works / "fox.png")
    draw("figure", 3, 1).crop((20, 20, 400, 390)).save(queries / "b.jpg", quality=60)
    draw("mosaic", 3, 1).save(queries / "a.png")
    (queries / "c.png").write_bytes(b"no picture")
    done = run(works, queries)
    assert done.returncode == 0, done.stderr
    other, cut, broken = [json.loads(line) for line in done.stdout.splitlines()]
    assert (other["query"], other["work"]) == ("a.png", None)
    assert (cut["query"], cut["work"]) == ("b.jpg", "fox.png")
    assert cut["score"] > 0.77
    assert cut["distance"] > 31
    assert (broken["query"], broken["work"]) == ("c.png", None)
    assert "no picture" in broken["error"]


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    done = run(tmp_path / "nowhere", tmp_path)
    assert done.returncode != 0
    assert "is no folder" in done.stderr
    assert "Traceback" not in done.stderr
