export const handler = async (event) => {
  console.log("asked by", event.who.trim());
  return { greeting: `${process.env.GREETING}, ${event.who}` };
};
