package virga.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import virga.cloud.spine.Registry;
import virga.model.Member;
import virga.model.Operation;
import virga.model.Schema;
import virga.model.ServiceModel;
import virga.server.Virga;
import virga.server.VirgaSettings;

/**
 * Nothing is accepted and ignored: every member of every operation's input is read by some code, refused by its binding, or stands in
 * unread.txt with a reason. A structure of which no member is read ends in {@code .*}: its reader refuses it as a whole, or should.
 */
final class UnreadMembersTest {
    /** Where a service's code is, where it is not called as its model. */
    private static final Map<String, String> PACKAGES = Map.of("dynamodbstreams", "dynamodb");

    private static final MemberReads READS = MemberReads.of(Project.root().resolve("services/target/classes"));

    @TempDir
    private Path files;

    @Test
    void everyMemberOfAnInputIsReadOrRefused() {
        UnreadLedger ledger = UnreadLedger.ofProject();
        assertThat(unread().stream().filter(path -> !ledger.explains(path))).isEmpty();
        assertThat(ledger.unused()).isEmpty();
    }

    @Test
    void aMemberThatNobodyReadsIsFound() {
        assertThat(MemberReads.of(Project.root().resolve("kernel/target/classes"))
                        .has(
                                virga.model.sqs.SendMessageRequest.class,
                                virga.model.sqs.SendMessageRequest.SCHEMA
                                        .member("MessageBody")
                                        .orElseThrow(),
                                "virga/services/sqs"))
                .isFalse();
        assertThat(READS.has(
                        virga.model.sqs.SendMessageRequest.class,
                        virga.model.sqs.SendMessageRequest.SCHEMA
                                .member("MessageBody")
                                .orElseThrow(),
                        "virga/services/sqs"))
                .isTrue();
    }

    private Set<String> unread() {
        Set<String> unread = new TreeSet<>();
        try (Virga virga = Virga.start(VirgaSettings.inMemory(files), notice -> {})) {
            Registry registry = virga.cloud().registry();
            for (ServiceModel service : registry.models()) {
                for (Operation<?, ?> operation : service.all()) {
                    if (registry.implementsOperation(operation)) {
                        String prefix = service.modelName() + ":" + operation.name();
                        Set<String> refused = new HashSet<>();
                        registry.unsupported(operation).forEach(path -> refused.add(prefix + "." + path));
                        new Walk(service.modelName(), refused, unread).into(operation.input(), prefix);
                    }
                }
            }
        }
        return unread;
    }

    /** One walk through an operation's input. */
    private record Walk(String service, Set<String> refused, Set<Schema> above, Set<String> unread) {
        Walk(String service, Set<String> refused, Set<String> unread) {
            this(service, refused, new HashSet<>(), unread);
        }

        void into(Schema schema, String path) {
            switch (schema.type()) {
                case STRUCTURE, UNION -> {
                    if (above.add(schema)) {
                        members(schema, path);
                        above.remove(schema);
                    }
                }
                case LIST -> into(schema.element().target(), path + "[]");
                case MAP -> into(schema.value().target(), path + "{}");
                default -> {}
            }
        }

        private void members(Schema schema, String path) {
            Class<?> type = schema.make(new Object[schema.members().size()]).getClass();
            String folder = "virga/services/" + PACKAGES.getOrDefault(service, service);
            List<Member> missed = new ArrayList<>();
            for (Member member : schema.members()) {
                if (!READS.has(type, member, folder)) {
                    missed.add(member);
                } else if (!refused.contains(path + "." + member.name())) {
                    into(member.target(), path + "." + member.name());
                }
            }
            missed.removeIf(member -> refused.contains(path + "." + member.name()));
            if (above.size() > 1
                    && !missed.isEmpty()
                    && missed.size() == schema.members().size()) {
                unread.add(path + ".*");
            } else {
                missed.forEach(member -> unread.add(path + "." + member.name()));
            }
        }
    }
}
