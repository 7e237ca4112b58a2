/** The service map: which resource calls which, how often and how well, read off records and their causes. */
package virga.observe.map;
