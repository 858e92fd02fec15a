#!/usr/bin/env python3
"""tls_front.py PORT_FILE CERTIFICATE KEY TO_PORT: TLS on a port of 127.0.0.1 that the system gives, and what comes through
goes to TO_PORT there. It ends when it is killed."""
import os
import socket
import ssl
import sys
import threading


def pump(from_, to):
    try:
        while data := from_.recv(65536):
            to.sendall(data)
        to.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def serve(plain, context, to_port):
    try:
        with context.wrap_socket(plain, server_side=True) as client, \
                socket.create_connection(('127.0.0.1', to_port)) as server:
            answers = threading.Thread(target=pump, args=(server, client), daemon=True)
            answers.start()
            pump(client, server)
            answers.join()
    except OSError:  # a client that does not trust us hangs up
        pass


def main():
    port_file, certificate, key, to_port = sys.argv[1:]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(('127.0.0.1', 0)) as listener:
        with open(port_file + '.new', 'w', encoding='ascii') as f:
            print(listener.getsockname()[1], file=f)
        os.rename(port_file + '.new', port_file)
        while True:
            threading.Thread(target=serve, args=(listener.accept()[0], context, int(to_port)), daemon=True).start()


if __name__ == '__main__':
    main()
