package virga.kernel;

/**
 * Why a call happened: the record that brought it about and the way it came. Causes travel in hidden metadata on whatever carries
 * the event (message, stream record, object, scheduled firing), never in the user's payload.
 *
 * @param traceId the lineage, in X-Ray's form {@code 1-<8 hex>-<24 hex>}, shared by everything that follows from one outside request
 * @param parentId the id of the {@link CallRecord} that brought this about; empty for an outside request
 * @param via how it travelled: {@code client}, {@code invocation}, {@code sqs}, {@code dynamodb-stream}, {@code events}, ...
 */
public record Cause(String traceId, String parentId, String via) {
    /** An outside request: the root of a lineage. */
    public static Cause root(String traceId) {
        return new Cause(traceId, "", "client");
    }

    public boolean isRoot() {
        return parentId.isEmpty();
    }

    /** What the record {@code id} brings about, in the same lineage. */
    public Cause next(String id, String via) {
        return new Cause(traceId, id, via);
    }
}
