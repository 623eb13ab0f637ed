"""What a killed `marsad process` left is taken up by the next one, also when no page waits."""

from __future__ import annotations

from builders import article, filed, filing, fingerprint, page, report, source, visit
from command import Command
from models.archive import Archive


def test_reports_and_stories_that_met_nobody_do_so_though_no_page_waits(archive: Archive, marsad: Command):
    archive.load_sources([source()])
    run_id = archive.start_run("process", {})
    archive.save_page(page(), visit(), run_id)
    with archive.claim(run_id) as claim:
        claim.settle(filed(), filing(article=article(), fingerprint=fingerprint(), reports=(report(),)))
    told = marsad("process", "--skip-if-nothing-waits").stdout
    assert told == "no page waits to be read; 1 new event, 1 new story\n"
    marsad("process", "--skip-if-nothing-waits", code=99)
    assert marsad("process").stdout == "no page waits to be read\n"
