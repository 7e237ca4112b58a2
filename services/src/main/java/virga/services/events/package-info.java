/**
 * Amazon EventBridge: buses, rules and their targets. Source: Amazon EventBridge API Reference and User Guide.
 *
 * <p>PutEvents matches the bus's rules within its transaction and puts one delivery for each target into the outbox; the delivery calls
 * the target as {@code events.amazonaws.com} for the rule, with the event's cause, and tries again as the target's retry policy says.
 */
package virga.services.events;
