/** AWS X-Ray, read from lineage: traces of everything, without instrumentation. Source: AWS X-Ray API Reference. */
package virga.services.xray;
