#!/usr/bin/env python3
"""Writes the trimmed model files of `model/src/main/models` from the data of the installed botocore.

    ./dev import             every service of selection.json
    ./dev import sqs lambda  only these

Facts only: operations, shapes, constraints, bindings and errors; no documentation. Every operation of a service is listed with its
HTTP binding; shapes are kept only for the operations that selection.json names ("*" means all, "except" takes some away).
What a file says is never edited by hand: a deviation goes, with its reason, into <service>.overlay.json beside it.
"""

import gzip
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
MODELS = HERE.parent / "src" / "main" / "models"
PROTOCOLS = {
    "json": "AWS_JSON",
    "query": "AWS_QUERY",
    "rest-json": "REST_JSON",
    "rest-xml": "REST_XML",
    "smithy-rpc-v2-cbor": "RPC_V2_CBOR",
}
TIMESTAMP_FORMATS = {
    "iso8601": "date-time",
    "unixTimestamp": "epoch-seconds",
    "unixTimestampInSeconds": "epoch-seconds",
    "rfc822": "http-date",
}
LOCATIONS = {"uri": "LABEL", "header": "HEADER", "headers": "PREFIX_HEADERS", "statusCode": "STATUS_CODE"}
FLAGS = {
    "flattened": "flattened",
    "sensitive": "sensitive",
    "streaming": "streaming",
    "idempotencyToken": "idempotencyToken",
    "hostLabel": "hostLabel",
    "jsonvalue": "jsonValue",
    "xmlAttribute": "attribute",
    "eventstream": "eventStream",
    "sparse": "sparse",
}


def load(model):
    """The newest version of a service's model, as botocore holds it."""
    import botocore

    data = pathlib.Path(botocore.__file__).parent / "data" / model
    files = sorted(data.glob("*/service-2.json*"))
    if not files:
        sys.exit(f"import: botocore {botocore.__version__} has no model '{model}'")
    content = files[-1].read_bytes()
    return json.loads(gzip.decompress(content) if files[-1].suffix == ".gz" else content)


def metadata(source, chosen):
    old = source["metadata"]
    protocols = [PROTOCOLS[name] for name in old.get("protocols", [old["protocol"]])]
    speaks_json = "AWS_JSON" in protocols
    speaks_xml = "AWS_QUERY" in protocols or "REST_XML" in protocols
    return {
        "name": chosen["name"],
        "modelName": chosen["model"],
        "class": chosen["class"],
        "signingName": chosen.get("signingName", old.get("signingName", chosen["name"])),
        "endpointPrefix": old["endpointPrefix"],
        "apiVersion": old["apiVersion"],
        "protocols": protocols,
        "targetPrefix": old.get("targetPrefix", ""),
        "jsonVersion": old.get("jsonVersion", "1.0") if speaks_json else "",
        "xmlNamespace": old.get("xmlNamespace", "") if speaks_xml else "",
        "queryCompatible": "awsQueryCompatible" in old,
    }


def selected(source, chosen, service):
    """The names of the operations to model, in the model's order."""
    known = source["operations"]
    for name in chosen["operations"] + chosen.get("except", []):
        if name != "*" and name not in known:
            sys.exit(f"import: {service} has no operation {name}")
    if "*" in chosen["operations"]:
        return [name for name in known if name not in chosen.get("except", [])]
    return [name for name in known if name in chosen["operations"]]


def operation(source, is_selected, rest):
    kept = {}
    if rest:
        http = source["http"]
        kept["http"] = [http["method"], http["requestUri"], http.get("responseCode", 200)]
    if not is_selected:
        return kept
    kept["input"] = source.get("input", {}).get("shape")
    kept["output"] = source.get("output", {}).get("shape")
    kept["errors"] = [error["shape"] for error in source.get("errors", [])]
    return {key: value for key, value in kept.items() if value is not None}


def traits(source):
    """What a shape and a member may both say."""
    kept = {}
    if "locationName" in source:
        kept["locationName"] = source["locationName"]
    if "timestampFormat" in source:
        kept["timestampFormat"] = TIMESTAMP_FORMATS[source["timestampFormat"]]
    if "xmlNamespace" in source:
        space = source["xmlNamespace"]
        kept["xmlNamespace"] = [space["uri"], space.get("prefix", "")] if isinstance(space, dict) else [space, ""]
    for old, new in FLAGS.items():
        if source.get(old):
            kept[new] = True
    return kept


def member(name, source, owner, target):
    kept = {"shape": source["shape"]}
    if name in owner.get("required", []):
        kept["required"] = True
    if owner.get("payload") == name or source.get("eventpayload"):
        kept["location"] = "PAYLOAD"
    elif source.get("eventheader"):
        kept["location"] = "HEADER"
    elif source.get("location") == "querystring":
        # In Smithy's words httpQuery binds one parameter, httpQueryParams a map of them.
        kept["location"] = "QUERY_PARAMETERS" if target["type"] == "map" else "QUERY"
    elif "location" in source:
        kept["location"] = LOCATIONS[source["location"]]
    kept.update(traits(source))
    return kept


def error(source, name, meta):
    """Code, status and blame. Query and XML services answer with a code of their own, the others with the shape's name."""
    told = source.get("error", {})
    status = told.get("httpStatusCode", 500 if source.get("fault") else 400)
    code = told.get("code", name)
    kept = {"status": status, "sender": told.get("senderFault", status < 500)}
    if meta["queryCompatible"]:
        if code != name:
            kept["queryCode"] = code
    elif meta["protocols"][0] in ("AWS_QUERY", "REST_XML") and code != name:
        kept["code"] = code
    return kept


def shape(source, name, meta, shapes):
    kind = source["type"]
    if kind == "structure":
        kind = "union" if source.get("union") or source.get("eventstream") else "document" if source.get("document") else kind
    kept = {"type": kind}
    for key in ("min", "max", "pattern", "enum"):
        if key in source:
            kept[key] = source[key]
    kept.update(traits(source))
    if source.get("exception"):
        kept["error"] = error(source, name, meta)
    for role in ("member", "key", "value"):
        if role in source:
            kept[role] = member(role, source[role], {}, shapes[source[role]["shape"]])
    if kind in ("structure", "union"):
        kept["members"] = {
            each: member(each, what, source, shapes[what["shape"]]) for each, what in source.get("members", {}).items()
        }
    return kept


def targets(kept):
    for role in ("member", "key", "value"):
        if role in kept:
            yield kept[role]["shape"]
    for each in kept.get("members", {}).values():
        yield each["shape"]


def reachable(operations, source, meta):
    waiting = []
    for each in operations.values():
        waiting += [each[end] for end in ("input", "output") if end in each] + each.get("errors", [])
    kept = {}
    while waiting:
        name = waiting.pop()
        if name not in kept:
            kept[name] = shape(source["shapes"][name], name, meta, source["shapes"])
            waiting += targets(kept[name])
    return dict(sorted(kept.items()))


def compact(value):
    return json.dumps(value, ensure_ascii=False)


def pretty(model):
    """One line an operation, a member, a small shape: a change is a line in the diff."""
    lines = ["{", f'"metadata": {compact(model["metadata"])},', '"operations": {']
    lines += joined(f" {compact(name)}: {compact(each)}" for name, each in model["operations"].items())
    lines += ["},", '"shapes": {']
    shapes = []
    for name, each in model["shapes"].items():
        members = each.pop("members", None)
        if members is None:
            shapes.append(f" {compact(name)}: {compact(each)}")
            continue
        head = compact(each)[:-1]
        body = "".join("\n" + line for line in joined(f"  {compact(key)}: {compact(what)}" for key, what in members.items()))
        shapes.append(f' {compact(name)}: {head}, "members": {{{body}}}}}')
    lines += joined(shapes) + ["}", "}"]
    return "\n".join(lines) + "\n"


def joined(lines):
    lines = list(lines)
    return [line + "," for line in lines[:-1]] + lines[-1:]


def write(service, chosen):
    source = load(chosen["model"])
    meta = metadata(source, chosen)
    rest = any(protocol.startswith("REST") for protocol in meta["protocols"])
    wanted = set(selected(source, chosen, service))
    operations = {name: operation(each, name in wanted, rest) for name, each in sorted(source["operations"].items())}
    for name in wanted:
        operations[name]["modelled"] = True
    shapes = reachable(operations, source, meta)
    MODELS.mkdir(parents=True, exist_ok=True)
    (MODELS / f"{service}.json").write_text(pretty({"metadata": meta, "operations": operations, "shapes": shapes}))
    print(f"{service}: {len(wanted)} of {len(operations)} operations modelled, {len(shapes)} shapes")


def main(services):
    selection = json.loads((HERE / "selection.json").read_text())
    for service in services or selection:
        if service not in selection:
            sys.exit(f"import: {service} is not in selection.json")
        write(service, selection[service])


main(sys.argv[1:])
