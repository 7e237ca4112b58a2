'use strict';
// Resolving bare names from NODE_PATH for ES modules: asked again as if the import stood beside each node_modules folder.

const path = require('node:path');
const { pathToFileURL } = require('node:url');

/** The modules as if from which to ask, for the node_modules folders in nodePath. */
function folders(nodePath) {
  return nodePath.map((entry) => pathToFileURL(path.join(path.dirname(entry), 'package.json')).href);
}

/** Where to ask again, or nowhere: for a relative name, or another error than a missing module. */
function retry(specifier, error, places) {
  const bare = !/^(\.|\/|[a-z][a-z0-9+.-]*:)/i.test(specifier);
  return bare && (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND') ? places : [];
}

function resolver(nodePath) {
  const places = folders(nodePath);
  return (specifier, context, nextResolve) => {
    try {
      return nextResolve(specifier, context);
    } catch (error) {
      for (const parentURL of retry(specifier, error, places)) {
        try {
          return nextResolve(specifier, { ...context, parentURL });
        } catch (again) {
          if (again.code !== 'ERR_MODULE_NOT_FOUND' && again.code !== 'MODULE_NOT_FOUND') throw again;
        }
      }
      throw error;
    }
  };
}

module.exports = { folders, retry, resolver };
