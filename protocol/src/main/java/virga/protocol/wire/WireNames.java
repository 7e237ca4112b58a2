package virga.protocol.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import virga.model.Member;
import virga.model.Schema;
import virga.model.Traits;

/** How a protocol names a structure's members on the wire. */
enum WireNames {
    /** As in the model: awsJson, CBOR. */
    OF_MODEL {
        @Override
        String of(Member member) {
            return member.name();
        }
    },
    /** As the member's {@code locationName} says: the REST protocols. */
    OF_LOCATION {
        @Override
        String of(Member member) {
            return member.wireName();
        }
    },
    /** As {@link #OF_LOCATION}, without the members that are bound outside the body. */
    OF_BODY {
        @Override
        String of(Member member) {
            return member.traits().location() == Traits.Location.BODY ? member.wireName() : "";
        }
    },
    /** As in XML and forms: a flattened list is known by the name of its elements. */
    OF_XML {
        @Override
        String of(Member member) {
            return XmlNames.of(member);
        }
    };

    private final Map<Schema, Map<String, Member>> known = new ConcurrentHashMap<>();

    abstract String of(Member member);

    /** The member that is called {@code name} on the wire, or {@code null}. */
    Member member(Schema schema, String name) {
        return known.computeIfAbsent(schema, index).get(name);
    }

    private final Function<Schema, Map<String, Member>> index = this::indexed;

    private Map<String, Member> indexed(Schema schema) {
        Map<String, Member> index = new HashMap<>();
        for (Member member : schema.members()) {
            index.put(of(member), member);
        }
        return index;
    }

    /** The member of an error that holds its message, whatever its case. */
    static Optional<Member> message(Schema schema) {
        return schema.member("message").or(() -> schema.member("Message"));
    }
}
