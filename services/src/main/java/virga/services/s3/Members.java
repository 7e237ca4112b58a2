package virga.services.s3;

import java.util.Map;
import java.util.Optional;
import virga.model.Member;
import virga.model.Structure;

/** Members by name: what dozens of S3's structures share (checksums, content headers, encryption) without sharing a type. */
final class Members {
    private Members() {}

    /** Empty where the structure has no such member or it is not set. */
    static Optional<String> text(Structure structure, String member) {
        return structure
                .schema()
                .member(member)
                .flatMap(known -> Optional.ofNullable(structure.valueOf(known)))
                .map(String::valueOf);
    }

    static boolean isSet(Structure structure, String member) {
        return text(structure, member).isPresent();
    }

    /** A copy with these members set; names that the structure does not have are left out. */
    static <S extends Structure> S with(Class<S> type, S structure, Map<String, ?> values) {
        Object[] all = new Object[structure.schema().members().size()];
        for (Member member : structure.schema().members()) {
            Object value = values.get(member.name());
            all[member.index()] = value == null ? structure.valueOf(member) : value;
        }
        return type.cast(structure.schema().make(all));
    }
}
