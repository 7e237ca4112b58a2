/**
 * Whether retries are transparent to the users of a function: a recorded event is delivered again, in forks of the state it met, whole,
 * twice, at once and with crashes between its effects; what then stands in stores and queues is compared with an undisturbed run.
 *
 * <p>Only what descends from the delivered event counts: it begins a lineage of its own in each fork, and effects are read from the
 * records of that lineage. The property is called idempotence consistency in "Flux: A Verifier for Idempotent Serverless Applications"
 * (OSDI 2023).
 */
package virga.reviewer.replay;
