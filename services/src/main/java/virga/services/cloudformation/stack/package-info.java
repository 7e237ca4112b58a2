/**
 * Stacks as they are kept, and the operations that change them.
 *
 * <p>An operation is one persisted task. It goes through phases (forward, clean-up, roll back), each of which looks at what the store
 * says stands and does the rest, so that it can be cut off anywhere and run again: every step writes what it is about to do, does it with
 * a token of its own, and writes what came of it.
 *
 * <p>States of a stack and the transitions between them: "View the stack's status", AWS CloudFormation User Guide.
 */
package virga.services.cloudformation.stack;
