"""The open data of the directory against the schemas and the OpenAPI of HSDS 3.0, on the running program."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

REFERENCE = Path(__file__).resolve().parents[3] / "shared/reference/hsds-3.0"
SCRIPTS = Path(sys.executable).parent
REMOTE = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/"

pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="../shared/reference/hsds-3.0 is not there")


def schema(name: str) -> dict:
    return json.loads((REFERENCE / f"compiled/{name}.json").read_text())


def documented() -> dict:
    """`openapi.json` with the schemas that it points to inside: nothing is asked of another host."""
    service = schema("service")
    term = service["properties"]["attributes"]["items"]["properties"]["taxonomy_term"]
    schemas = {name: schema(name) for name in (
        "service", "service_list", "service_at_location_list", "organization", "organization_list")}
    schemas |= {"taxonomy_term": term, "taxonomy": term["properties"]["taxonomy_detail"]}
    text = (REFERENCE / "openapi.json").read_text()
    for name in sorted(schemas, key=len, reverse=True):
        for place in ("compiled/", ""):
            text = text.replace(f'"{REMOTE}{place}{name}.json"', f'"#/components/schemas/{name}"')
    assert REMOTE not in text
    api = json.loads(text)
    api["components"]["schemas"] |= schemas
    api["info"] |= {"title": "Directory", "version": "1"}
    return api


def ask(program, path: str):
    with urllib.request.urlopen(f"{program.url}/hsds{path}") as answer:
        assert answer.headers["Content-Type"] == "application/json"
        return json.load(answer)


def check(value, schema: dict):
    import jsonschema_rs

    errors = [f"{error.instance_path}: {error.message}" for error in jsonschema_rs.validator_for(
        schema, validate_formats=True).iter_errors(value)]
    assert not errors, errors


def test_every_record_is_valid(program):
    for path, list_schema, whole in [
        ("/services", "service_list", "service"), ("/organizations", "organization_list", "organization"),
        ("/service_at_locations", "service_at_location_list", "service_at_location"),
    ]:
        page = ask(program, f"{path}?per_page=100")
        assert page["total_items"] == page["size"] == len(page["contents"])
        assert page["size"] > 5 or path == "/service_at_locations"
        for item in page["contents"]:
            check(item, schema(list_schema))
        for item in page["contents"][:6]:
            check(ask(program, f"{path}/{item['id']}"), schema(whole))
        for item in ask(program, f"{path}?per_page=6&full=true")["contents"]:
            check(item, schema(whole))
    location = schema("service_at_location")["properties"]["location"]
    places = ask(program, "/locations")["contents"]
    assert places
    for item in places:
        check(item, location)
        check(ask(program, f"/locations/{item['id']}"), location)
    for name in ("taxonomies", "taxonomy_terms"):
        assert ask(program, f"/{name}")["contents"]


def test_schemathesis(program, tmp_path):
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(documented()))
    # `openapi.json` names no answer but 200: that an unknown id is 404 and a wrong parameter 400 is ours to say.
    checks = "not_a_server_error,content_type_conformance,response_schema_conformance,negative_data_rejection"
    run = subprocess.run(
        [SCRIPTS / "schemathesis", "run", file, "--url", f"{program.url}/hsds", "--checks", checks,
         "--max-examples", "25", "--seed", "1", "--phases", "examples,coverage,fuzzing", "--no-color"],
        cwd=tmp_path, capture_output=True, text=True, timeout=400)
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-1000:]
