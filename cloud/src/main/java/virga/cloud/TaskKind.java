package virga.cloud;

import virga.store.Codec;

/** A kind of work that outlives the call that asked for it. {@code name} is {@code service/what}: {@code events/deliver}. */
public record TaskKind<P>(String name, Codec<P> codec) {}
