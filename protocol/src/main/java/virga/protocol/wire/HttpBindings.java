package virga.protocol.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import virga.model.Member;
import virga.model.Schema;
import virga.model.Traits;

/**
 * The members of an operation's input, output or error by where they travel. Worked out once a schema.
 *
 * @param body those that make up the body; empty where there is a payload
 */
record HttpBindings(
        List<Member> labels,
        List<Member> queries,
        List<Member> queryMaps,
        List<Member> headers,
        List<Member> headerMaps,
        List<Member> statusCodes,
        List<Member> payloads,
        List<Member> body) {
    private static final Map<Schema, HttpBindings> KNOWN = new ConcurrentHashMap<>();
    private static final Map<Schema, HttpBindings> OF_OUTPUTS = new ConcurrentHashMap<>();

    static HttpBindings of(Schema schema) {
        return KNOWN.computeIfAbsent(schema, HttpBindings::sorted);
    }

    /** As {@link #of}, for an output or an error: labels and queries mean nothing there, so their members are the body's. */
    static HttpBindings ofOutput(Schema schema) {
        return OF_OUTPUTS.computeIfAbsent(schema, HttpBindings::answering);
    }

    private static HttpBindings answering(Schema schema) {
        HttpBindings all = of(schema);
        if (all.labels.isEmpty() && all.queries.isEmpty() && all.queryMaps.isEmpty()) {
            return all;
        }
        List<Member> body = new ArrayList<>();
        for (Member member : schema.members()) {
            switch (member.traits().location()) {
                case BODY, LABEL, QUERY, QUERY_PARAMETERS -> body.add(member);
                case HEADER, PREFIX_HEADERS, STATUS_CODE, PAYLOAD -> {
                    // Not in the body.
                }
            }
        }
        return new HttpBindings(
                List.of(),
                List.of(),
                List.of(),
                all.headers,
                all.headerMaps,
                all.statusCodes,
                all.payloads,
                List.copyOf(body));
    }

    /** The member that is the whole body. */
    Optional<Member> payload() {
        return payloads.isEmpty() ? Optional.empty() : Optional.of(payloads.getFirst());
    }

    private static HttpBindings sorted(Schema schema) {
        return new HttpBindings(
                at(schema, Traits.Location.LABEL),
                at(schema, Traits.Location.QUERY),
                at(schema, Traits.Location.QUERY_PARAMETERS),
                at(schema, Traits.Location.HEADER),
                at(schema, Traits.Location.PREFIX_HEADERS),
                at(schema, Traits.Location.STATUS_CODE),
                at(schema, Traits.Location.PAYLOAD),
                at(schema, Traits.Location.BODY));
    }

    private static List<Member> at(Schema schema, Traits.Location location) {
        List<Member> members = new ArrayList<>();
        for (Member member : schema.members()) {
            if (member.traits().location() == location) {
                members.add(member);
            }
        }
        return List.copyOf(members);
    }
}
