package virga.services.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import virga.cloud.provision.Provisioning;
import virga.kernel.Fault;
import virga.model.iam.Tag;

/** What a template asks for, in the shapes that several IAM resource types share. */
final class Wanted {
    private Wanted() {}

    /** The inline documents of {@code Policies}, by name. */
    static SortedMap<String, String> inline(JsonNode properties) {
        SortedMap<String, String> inline = new TreeMap<>();
        for (JsonNode policy : properties.path("Policies")) {
            inline.put(
                    policy.path("PolicyName").asText(),
                    policy.path("PolicyDocument").toString());
        }
        return inline;
    }

    /** The texts of a list property; none where it is absent. */
    static SortedSet<String> texts(JsonNode properties, String property) {
        SortedSet<String> texts = new TreeSet<>();
        properties.path(property).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** What {@code first} has and {@code second} has not. */
    static <T> List<T> without(Iterable<T> first, java.util.Collection<T> second) {
        List<T> rest = new ArrayList<>();
        for (T one : first) {
            if (!second.contains(one)) {
                rest.add(one);
            }
        }
        return rest;
    }

    /** The resource's tags over the stack's. */
    static SortedMap<String, String> tags(Provisioning request) {
        SortedMap<String, String> tags = new TreeMap<>(request.tags());
        for (JsonNode tag : request.properties().path("Tags")) {
            tags.put(tag.path("Key").asText(), tag.path("Value").asText());
        }
        return tags;
    }

    /** A document property as text: as it is where it is text already. */
    static String document(JsonNode properties, String property) {
        JsonNode document = properties.path(property);
        return document.isTextual() ? document.textValue() : document.toString();
    }

    /** Absent where the property is. */
    static String orNone(Provisioning request, String property) {
        String text = request.text(property, "");
        return text.isEmpty() ? null : text;
    }

    /**
     * Whether what stands under the name was made by this very resource of this stack: an earlier attempt at the same step was cut off.
     */
    static boolean madeHere(Provisioning request, List<Tag> tags) {
        Map<String, String> kept = new TreeMap<>();
        tags.forEach(tag -> kept.put(tag.key(), tag.value()));
        return request.stackId().equals(kept.get("aws:cloudformation:stack-id"))
                && request.logicalId().equals(kept.get("aws:cloudformation:logical-id"));
    }

    /** Runs a step of a deletion; what is gone already is no error. */
    static void unlessGone(Runnable step) {
        try {
            step.run();
        } catch (Fault fault) {
            if (!fault.code().equals("NoSuchEntity")) {
                throw fault;
            }
        }
    }
}
