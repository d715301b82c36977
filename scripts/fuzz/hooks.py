"""What Schemathesis must know of Stockade besides its OpenAPI document."""

import json
import os
import re

import schemathesis
from schemathesis.generation.meta import TestPhase

OWN_KEY_ID = os.environ["STOCKADE_OWN_KEY_ID"]
OWN_USER_ID = os.environ["STOCKADE_OWN_USER_ID"]

# What the tenant has: for a path's template the parameters that belong together, for a field's name ids.
KNOWN = json.loads(os.environ["STOCKADE_KNOWN_IDS"])
UUID = re.compile("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")


@schemathesis.serializer(*os.environ["STOCKADE_MEDIA_TYPES"].split(","))
def as_bytes(ctx, value):
    """Bodies that are neither JSON nor text go out as they were made."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogateescape")
    return value if isinstance(value, bytes) else bytes(value)


def names_nothing(value):
    """Whether it is an id that was made up; one in four stays so."""
    return isinstance(value, str) and UUID.match(value) is not None and value[-1] not in "0123"


def pick(values, by):
    return values[int(by[:8], 16) % len(values)]


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Made-up ids find nothing: with those of the tenant's own things the calls get to what is behind a 404."""
    known = KNOWN["paths"].get(context.operation.path)
    if not known or not path_parameters or not all(map(names_nothing, path_parameters.values())):
        return path_parameters
    return {**path_parameters, **pick(known, next(iter(path_parameters.values())))}


@schemathesis.hook
def map_query(context, query):
    return with_known_ids(query)


@schemathesis.hook
def map_body(context, body):
    return with_known_ids(body)


def with_known_ids(value, name=""):
    if isinstance(value, dict):
        return {key: with_known_ids(part, key) for key, part in value.items()}
    if isinstance(value, list):
        parts = []
        for part in value:
            named = with_known_ids(part, name)
            # A list that has to be without duplicates stays so.
            parts.append(part if named in parts else named)
        return parts
    known = KNOWN["fields"].get(name)
    return pick(known, value) if known and names_nothing(value) else value


@schemathesis.hook
def filter_case(context, case):
    """The credential that the run lives on must outlive it: the key itself, and the person who made it."""
    parameters = {str(value) for value in (case.path_parameters or {}).values()}
    if not parameters & {OWN_KEY_ID, OWN_USER_ID}:
        return True
    return case.method.upper() == "GET"


@schemathesis.check
def refused_by_its_schema(ctx, response, case):
    """
    JSON schema cannot say that a date lies ahead, that two fields go together or that a cursor is one of ours, so
    `positive_data_acceptance` lets a 400 pass. What it must never be is a refusal by the very schema the data follows:
    the message then names the field ("The request is not valid: body/name must …"), that of a rule does not.
    """
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code != 400:
        return
    # A step of the stateful phase takes values out of an earlier answer, by the field's name and by true chance, the
    # null of a list's other entry among them. Schemathesis does not look whether they follow the step's own schema.
    if case.meta.phase.name == TestPhase.STATEFUL:
        return
    error = json.loads(response.content)["error"]
    if error["code"] == "VALIDATION_ERROR" and error["message"].startswith("The request is not valid: "):
        raise AssertionError(f"Data that follows the schema was refused by it: {error['message']}")
    if error["code"] == "MALFORMED_BODY":
        raise AssertionError(f"A body that follows the schema could not be read: {error['message']}")
