package virga.services.cloudformation.stack;

import static virga.store.Part.number;
import static virga.store.Part.text;

import virga.cloud.TaskKind;
import virga.store.Codec;
import virga.store.KeySpace;
import virga.store.RecordCodec;

/** Where CloudFormation keeps what. */
final class StackKeys {
    static final KeySpace STACK = KeySpace.of("cloudformation/stack", text("account"), text("region"), text("uuid"));

    /** The stack that has a name now. */
    static final KeySpace NAME = KeySpace.of("cloudformation/name", text("account"), text("region"), text("name"));

    static final KeySpace RESOURCE =
            KeySpace.of("cloudformation/resource", text("account"), text("region"), text("stack"), text("logicalId"));
    static final KeySpace EVENT =
            KeySpace.of("cloudformation/event", text("account"), text("region"), text("stack"), number("sequence"));
    static final KeySpace CHANGE_SET =
            KeySpace.of("cloudformation/change-set", text("account"), text("region"), text("stack"), text("name"));
    static final KeySpace OPERATION =
            KeySpace.of("cloudformation/operation", text("account"), text("region"), text("stack"));
    /** A roll back that failed and may be continued. */
    static final KeySpace INTERRUPTED =
            KeySpace.of("cloudformation/interrupted", text("account"), text("region"), text("stack"));

    static final KeySpace EXPORT = KeySpace.of("cloudformation/export", text("account"), text("region"), text("name"));
    static final KeySpace IMPORT =
            KeySpace.of("cloudformation/import", text("account"), text("region"), text("export"), text("stack"));

    static final Codec<StackRecord> STACK_RECORD = RecordCodec.of(StackRecord.class);
    static final Codec<ResourceRecord> RESOURCE_RECORD = RecordCodec.of(ResourceRecord.class);
    static final Codec<EventRecord> EVENT_RECORD = RecordCodec.of(EventRecord.class);
    static final Codec<ChangeSetRecord> CHANGE_SET_RECORD = RecordCodec.of(ChangeSetRecord.class);
    static final Codec<OperationRecord> OPERATION_RECORD = RecordCodec.of(OperationRecord.class);
    static final Codec<ExportRecord> EXPORT_RECORD = RecordCodec.of(ExportRecord.class);

    /** The payload is the stack's uuid, a slash, and the operation's id. */
    static final TaskKind<String> OPERATE = new TaskKind<>("cloudformation/operate", Codec.UTF8);

    private StackKeys() {}
}
