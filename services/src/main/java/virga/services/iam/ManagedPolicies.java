package virga.services.iam;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import virga.kernel.Arn;
import virga.kernel.Fault;
import virga.model.iam.EntityAlreadyExistsException;
import virga.model.iam.InvalidInputException;
import virga.model.iam.NoSuchEntityException;
import virga.store.Codec;
import virga.store.Key;
import virga.store.Reading;
import virga.store.RecordCodec;
import virga.store.Transaction;

/** Managed policies by ARN: an account's own, and AWS's. */
final class ManagedPolicies {
    private static final Codec<ManagedPolicy> POLICY = RecordCodec.of(ManagedPolicy.class);

    private ManagedPolicies() {}

    /** @throws InvalidInputException where {@code arn} is not a policy's */
    static Optional<ManagedPolicy> find(Reading reading, String arn) {
        if (!arn.matches("arn:aws[a-z-]*:iam::(\\d{12}|aws):policy/.+")) {
            throw new InvalidInputException("ARN " + arn + " is not valid.");
        }
        String account = Arn.parse(arn).account();
        if (account.equals("aws")) {
            return AwsManagedPolicies.find(arn);
        }
        return reading.get(key(account, Arn.parse(arn).name()), POLICY)
                .filter(policy -> policy.facts().arn(account, "policy").equals(arn));
    }

    /** @throws NoSuchEntityException where there is none */
    static ManagedPolicy get(Reading reading, String arn) {
        return find(reading, arn)
                .orElseThrow(() -> refusedIfAws(arn, new NoSuchEntityException("Policy " + arn + " was not found.")));
    }

    /** For an attachment, which has words of its own for a policy that is not there. */
    static ManagedPolicy attachable(Reading reading, String account, String arn) {
        return find(reading, arn)
                .filter(policy ->
                        List.of("aws", account).contains(Arn.parse(arn).account()))
                .orElseThrow(() -> refusedIfAws(
                        arn, new NoSuchEntityException("Policy " + arn + " does not exist or is not attachable.")));
    }

    private static Fault refusedIfAws(String arn, Fault otherwise) {
        return Arn.parse(arn).account().equals("aws") ? Fault.unsupported("the AWS managed policy " + arn) : otherwise;
    }

    /** For a change: AWS's own cannot be changed. */
    static ManagedPolicy changeable(Reading reading, String account, String arn) {
        ManagedPolicy policy = get(reading, arn);
        if (!Arn.parse(arn).account().equals(account)) {
            throw new Fault(
                    "AccessDenied", 403, "Cannot change a policy that belongs to another account or to AWS: " + arn);
        }
        return policy;
    }

    static void add(Transaction work, String account, ManagedPolicy policy) {
        String name = policy.facts().name();
        if (work.get(key(account, name)).isPresent()) {
            throw new EntityAlreadyExistsException(
                    "A policy called " + name + " already exists. Duplicate names are not allowed.");
        }
        put(work, account, policy);
    }

    static void put(Transaction work, String account, ManagedPolicy policy) {
        work.put(key(account, policy.facts().name()), policy, POLICY);
    }

    static void remove(Transaction work, String account, String name) {
        work.delete(key(account, name));
    }

    /** The account's own, by name. */
    static List<ManagedPolicy> all(Reading reading, String account) {
        try (Stream<Reading.Entry> entries = reading.scan(IamKeys.POLICY.range(account))) {
            return entries.map(entry -> POLICY.decode(entry.value())).toList();
        }
    }

    private static Key key(String account, String name) {
        return IamKeys.POLICY.key(account, name.toLowerCase(Locale.ROOT));
    }
}
