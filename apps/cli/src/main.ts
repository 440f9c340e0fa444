process.stdout.write('store\n');
