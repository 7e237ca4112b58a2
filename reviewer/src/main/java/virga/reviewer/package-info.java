/**
 * The reviewer: it says what is wrong with a system, from evidence. {@link virga.reviewer.replay} delivers recorded events again and
 * compares what they did; {@link virga.reviewer.rules} reads templates and records; {@link virga.reviewer.Review} puts both together.
 */
package virga.reviewer;
