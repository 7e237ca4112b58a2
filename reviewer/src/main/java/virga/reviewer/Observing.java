package virga.reviewer;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import virga.cloud.spine.Cloud;
import virga.cloud.spine.LiveEnvironment;
import virga.kernel.CallRecord;
import virga.kernel.Details;
import virga.kernel.Fault;
import virga.model.Operation;
import virga.model.StructureCodec;
import virga.model.iam.GetRolePolicyRequest;
import virga.model.iam.Iam;
import virga.model.iam.ListRolePoliciesRequest;
import virga.observe.json.Json;
import virga.reviewer.replay.StructureJson;
import virga.reviewer.rules.Observed;
import virga.reviewer.rules.Observed.Recorded;

/** Makes of records and of IAM's state what rules read. */
final class Observing {
    private static final Json.Structure NOTHING = new Json.Structure(new LinkedHashMap<>());

    private final LiveEnvironment live;
    private final Map<String, Operation<?, ?>> operations = new LinkedHashMap<>();

    Observing(Cloud cloud, LiveEnvironment live) {
        this.live = live;
        cloud.registry()
                .models()
                .forEach(model -> model.all()
                        .forEach(operation -> operations.put(model.name() + ":" + operation.name(), operation)));
    }

    /** @param newestFirst complete records */
    Observed of(List<CallRecord> newestFirst) {
        Map<String, List<Json>> policies = new TreeMap<>();
        for (CallRecord record : newestFirst) {
            String[] principal = record.principal().split("/");
            if (record.kind() == CallRecord.Kind.INVOCATION && principal.length == 3) {
                policies.computeIfAbsent(principal[1], this::policies);
            }
        }
        return new Observed(
                newestFirst.reversed().stream()
                        .map(record -> new Recorded(record, input(record)))
                        .toList(),
                policies);
    }

    private Json.Structure input(CallRecord record) {
        if (record.input().isEmpty() || record.details().containsKey(Details.INPUT_CUT)) {
            return NOTHING;
        }
        if (record.kind() == CallRecord.Kind.INVOCATION) {
            return Json.parse(record.input().utf8())
                    .filter(Json.Structure.class::isInstance)
                    .map(Json.Structure.class::cast)
                    .orElse(NOTHING);
        }
        Operation<?, ?> operation = operations.get(record.service() + ":" + record.operation());
        return record.kind() == CallRecord.Kind.CALL && operation != null && operation.isModelled()
                ? (Json.Structure) StructureJson.of(StructureCodec.decode(operation.input(), record.input()))
                : NOTHING;
    }

    /** The inline policies of a role: what its template wrote for it. Attached ones are shared, and meant to be broader. */
    private List<Json> policies(String role) {
        List<Json> documents = new ArrayList<>();
        try {
            for (String name : live.call(
                            DeployedStacks.rootCall(live),
                            Iam.LIST_ROLE_POLICIES,
                            ListRolePoliciesRequest.builder().roleName(role).build())
                    .policyNames()) {
                String document = live.call(
                                DeployedStacks.rootCall(live),
                                Iam.GET_ROLE_POLICY,
                                GetRolePolicyRequest.builder()
                                        .roleName(role)
                                        .policyName(name)
                                        .build())
                        .policyDocument()
                        .orElse("");
                Json.parse(document)
                        .or(() -> Json.parse(URLDecoder.decode(document, StandardCharsets.UTF_8)))
                        .ifPresent(documents::add);
            }
        } catch (Fault roleGone) {
            return List.of();
        }
        return documents;
    }
}
