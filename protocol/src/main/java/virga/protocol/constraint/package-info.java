/**
 * The model's constraints on an input, checked before any handler runs, and refused in the words of AWS's own framework: {@code 1
 * validation error detected: Value 'x' at 'queueName' failed to satisfy constraint: Member must have length less than or equal to 80}.
 *
 * <p>Source: the answers of AWS's services; the words are the same wherever their common framework checks. A service that checks for
 * itself says otherwise through a {@link virga.protocol.constraint.ConstraintPolicy} of its own.
 */
package virga.protocol.constraint;
