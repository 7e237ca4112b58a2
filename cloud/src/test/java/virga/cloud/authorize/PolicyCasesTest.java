package virga.cloud.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import virga.cloud.NamedPolicy;
import virga.kernel.Call;
import virga.kernel.Cause;
import virga.kernel.Fault;
import virga.kernel.Principal;
import virga.kernel.Scope;

/**
 * Each case is a pair of files in {@code src/test/resources/policies}: {@code name.json} with policies and a request, and
 * {@code name.expected} with the decision or the refusal. {@code -Dvirga.accept=true} writes the expectations anew, for review.
 */
class PolicyCasesTest {
    private static final Path CASES = Path.of("src/test/resources/policies");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> caseDecidesAsExpected() throws IOException {
        return names(".json").stream().map(name -> DynamicTest.dynamicTest(name, () -> run(name)));
    }

    @Test
    void everyFileHasItsPartner() throws IOException {
        assertThat(names(".expected")).isEqualTo(names(".json")).isNotEmpty();
    }

    private static List<String> names(String ending) throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .sorted()
                    .toList();
        }
    }

    private static void run(String name) throws IOException {
        JsonNode node = JSON.readTree(CASES.resolve(name + ".json").toFile());
        ObjectNode answer = node.has("check") ? check(node) : decide(node);
        Path expected = CASES.resolve(name + ".expected");
        if (Boolean.getBoolean("virga.accept")) {
            Files.writeString(expected, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer) + "\n");
        }
        assertThat((JsonNode) answer).isEqualTo(JSON.readTree(expected.toFile()));
    }

    private static ObjectNode check(JsonNode node) {
        JsonNode document = node.get("document");
        ObjectNode answer = JSON.createObjectNode();
        try {
            PolicyGrammar.check(
                    PolicyKind.valueOf(node.get("check").asText()),
                    document.isTextual() ? document.textValue() : document.toString());
            return answer.put("accepted", true);
        } catch (Fault fault) {
            return answer.put("code", fault.code()).put("message", fault.getMessage());
        }
    }

    private static ObjectNode decide(JsonNode node) {
        JsonNode request = node.get("request");
        Call call = call(request);
        Decision decision = new Authorizer()
                .decide(
                        new AuthorizationRequest(
                                call,
                                request.get("action").asText(),
                                texts(request.get("resources")),
                                conditions(request)),
                        new ApplicablePolicies(
                                policies(node, "identity", PolicyKind.IDENTITY),
                                policies(node, "boundary", PolicyKind.BOUNDARY),
                                resourcePolicies(node),
                                owners(node)));
        ObjectNode answer = JSON.createObjectNode();
        answer.put("outcome", decision.outcome().toString());
        answer.put("kind", decision.kind().toString());
        ArrayNode decidedBy = answer.putArray("decidedBy");
        decision.decidedBy().forEach(statement -> decidedBy.add(statement.toString()));
        if (!decision.allowed()) {
            answer.put("message", decision.message(call));
        }
        return answer;
    }

    private static Call call(JsonNode request) {
        Principal principal = principal(request.get("principal"));
        Instant at = Instant.parse("2026-11-23T12:00:00Z");
        String via = request.path("via").asText("client");
        return new Call(
                "request-1",
                new Scope("default", request.path("account").asText(principal.account()), "eu-west-1"),
                principal,
                new Cause("1-00000000-000000000000000000000000", via.equals("client") ? "" : "parent", via),
                at,
                at.plusSeconds(60),
                request.path("sourceIp").asText(""),
                Call.Recording.FULL);
    }

    /** {@code {"user": "ada"}}, {@code {"role": "orders", "session": "s"}}, {@code {"service": "...", "source": "arn"}}, ... */
    private static Principal principal(JsonNode node) {
        String account = node.path("account").asText("111111111111");
        if (node.has("user")) {
            return new Principal.User(account, node.get("user").asText());
        }
        if (node.has("role")) {
            String session =
                    node.has("sessionPolicy") ? node.get("sessionPolicy").toString() : "";
            return new Principal.RoleSession(account, node.get("role").asText(), "session", session);
        }
        if (node.has("service")) {
            return new Principal.Service(
                    account, node.get("service").asText(), node.path("source").asText(""));
        }
        return node.has("anonymous") ? new Principal.Anonymous(account) : new Principal.Root(account);
    }

    private static List<NamedPolicy> policies(JsonNode node, String field, PolicyKind kind) {
        List<NamedPolicy> policies = new ArrayList<>();
        for (JsonNode policy : node.path(field)) {
            PolicyGrammar.check(kind, policy.toString());
            policies.add(new NamedPolicy(field + "-" + (policies.size() + 1), policy.toString()));
        }
        return policies;
    }

    private static Map<String, NamedPolicy> resourcePolicies(JsonNode node) {
        Map<String, NamedPolicy> policies = new LinkedHashMap<>();
        node.path("resource").properties().forEach(entry -> {
            PolicyKind kind = entry.getKey().contains(":role/") ? PolicyKind.TRUST : PolicyKind.RESOURCE;
            PolicyGrammar.check(kind, entry.getValue().toString());
            policies.put(
                    entry.getKey(),
                    new NamedPolicy(entry.getKey(), entry.getValue().toString()));
        });
        return policies;
    }

    private static Map<String, String> owners(JsonNode node) {
        Map<String, String> owners = new LinkedHashMap<>();
        node.path("owners")
                .properties()
                .forEach(entry -> owners.put(entry.getKey(), entry.getValue().asText()));
        return owners;
    }

    private static Map<String, List<String>> conditions(JsonNode request) {
        Map<String, List<String>> conditions = new LinkedHashMap<>();
        request.path("conditions")
                .properties()
                .forEach(entry -> conditions.put(entry.getKey(), texts(entry.getValue())));
        return conditions;
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        node.forEach(value -> texts.add(value.asText()));
        return texts;
    }
}
