"""The example of the documentation."""

import json
import re
from pathlib import Path


def test_the_example_is_answered(server):
    page = (Path(__file__).parents[3] / "docs/hosts.md").read_text("utf-8")
    (path, body), = re.findall(r"localhost:8417(/\w+) -d '(.*?)'\n", page, re.S)
    status, _, answer = server.post(path, body.encode())
    assert status == 200 and answer["lines"][0]["amount"] == "90.00", answer


def test_every_path_and_code_is_documented(server):
    page = (Path(__file__).parents[3] / "docs/hosts.md").read_text("utf-8")
    status, _, body = server.raw("GET", "/openapi.json")
    assert status == 200 and body == (Path(__file__).parents[1] / "openapi.json").read_bytes()
    for path, of in json.loads(body)["paths"].items():
        assert f"`{path}`" in page
        assert set(of) == {"post"}
        for status in of["post"]["responses"]:
            assert status == "200" or f"| {status} |" in page
    sources = (Path(__file__).parents[1] / "src").glob("*.rs")
    codes = {code for path in sources for code in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', path.read_text("utf-8"))}
    codes -= {"jalon-http", "content-type"}
    told = set(re.findall(r"`([a-z-]+)`", page))
    assert len(codes) >= 13 and codes <= told, codes - told
