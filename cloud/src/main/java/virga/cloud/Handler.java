package virga.cloud;

import virga.model.Structure;

/** What a service does for one operation. */
public sealed interface Handler<I extends Structure, O extends Structure> permits Atomic, Conversation, Streaming {}
