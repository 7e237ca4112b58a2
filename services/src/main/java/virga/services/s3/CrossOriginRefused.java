package virga.services.s3;

import virga.model.DynamicStructure;
import virga.model.ErrorShape;
import virga.model.Member;
import virga.model.ModelledFault;
import virga.model.Prelude;
import virga.model.Schema;
import virga.model.Traits;

/** A preflight's refusal, which the model does not have; it says what was refused. */
final class CrossOriginRefused extends ModelledFault {
    private static final Schema SCHEMA = Schema.structure(
            "AccessForbidden",
            Traits.NONE,
            values -> new DynamicStructure(CrossOriginRefused.SCHEMA, values),
            text("Message"),
            text("Method"),
            text("ResourceType"));
    private static final ErrorShape SHAPE = new ErrorShape("AccessForbidden", "", 403, true, SCHEMA);

    CrossOriginRefused(String message, CrossOrigin.Asked asked, String resourceType) {
        super(SHAPE, message, SCHEMA.make(new Object[] {
            message, asked.method().isEmpty() ? "OPTIONS" : asked.method(), resourceType
        }));
    }

    private static Member text(String name) {
        return Member.of(name, () -> Prelude.STRING, Traits.NONE);
    }
}
