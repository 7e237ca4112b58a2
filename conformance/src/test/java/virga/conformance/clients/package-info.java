/**
 * Scenarios with the tools that people use beside the SDK for Java: the aws CLI, boto3, the SDK for JavaScript and Terraform, each
 * as a process of its own, over a socket. They run when asked ({@code ./dev clients}); a tool that the machine lacks is skipped by name.
 */
package virga.conformance.clients;
