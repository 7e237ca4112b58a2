package virga.services.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import virga.kernel.Arn;
import virga.kernel.Bug;
import virga.kernel.system.SeededChance;

/**
 * The policies that AWS keeps for everyone, from the data files beside this class, each read when it is first asked for.
 *
 * <p>Source: AWS Managed Policy Reference Guide.
 */
final class AwsManagedPolicies {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, ManagedPolicy> READ = new ConcurrentHashMap<>();
    private static final List<String> NAMES = text("index.txt")
            .orElseThrow(() -> new Bug("the list of AWS managed policies is missing"))
            .lines()
            .toList();

    private AwsManagedPolicies() {}

    static Optional<ManagedPolicy> find(String arn) {
        String name = Arn.parse(arn).name();
        return NAMES.contains(name)
                ? Optional.of(named(name))
                        .filter(policy -> policy.facts().arn("aws", "policy").equals(arn))
                : Optional.empty();
    }

    /** By name. */
    static List<ManagedPolicy> all() {
        return NAMES.stream().map(AwsManagedPolicies::named).toList();
    }

    private static ManagedPolicy named(String name) {
        return READ.computeIfAbsent(name, AwsManagedPolicies::read);
    }

    private static ManagedPolicy read(String name) {
        try {
            JsonNode file = JSON.readTree(text(name + ".json")
                    .orElseThrow(() -> new Bug("AWS managed policy " + name + " is listed without a file")));
            var created = OffsetDateTime.parse(file.get("CreateDate").asText()).toInstant();
            var updated = OffsetDateTime.parse(file.get("UpdateDate").asText()).toInstant();
            int version = Integer.parseInt(file.get("DefaultVersionId").asText().substring(1));
            return new ManagedPolicy(
                    new Identity.Facts(name, file.get("Path").asText(), id(name), created),
                    updated,
                    "",
                    version,
                    version,
                    List.of(new ManagedPolicy.Version(
                            version, file.get("Document").toString(), updated)),
                    new TreeMap<>());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** AWS's unique ids are not known here; one that follows from the name is unique and stays the same. */
    private static String id(String name) {
        var chance = new SeededChance(0).named("aws-managed-policy/" + name);
        StringBuilder id = new StringBuilder("ANPA");
        while (id.length() < 21) {
            id.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(chance.nextInt(32)));
        }
        return id.toString();
    }

    private static Optional<String> text(String file) {
        try (InputStream in = AwsManagedPolicies.class.getResourceAsStream("managed/" + file)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
