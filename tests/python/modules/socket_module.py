# Sockets of all families that work without a network: transfer, timeouts, addresses, error texts.
import os, socket, threading, warnings, _socket
warnings.simplefilter('ignore')
a,b=socket.socketpair(); a.sendall(b"x"*100000 if 0 else b"hello"); print(b.recv(3), b.recv(10)); 
a.settimeout(0.05)
try: a.recv(1)
except TimeoutError as e: print(repr(e))
a.close(); b.close()
s=socket.create_server(("127.0.0.1",0)); port=s.getsockname()[1]
def srv():
    c,addr=s.accept(); f=c.makefile("rwb"); 
    for line in f: f.write(line.upper()); f.flush()
    c.close()
t=threading.Thread(target=srv); t.start()
c=socket.create_connection(("localhost",port)); f=c.makefile("rw"); f.write("abc\n"); f.flush(); print(f.readline()); f.close(); c.close(); t.join(); s.close()
print(socket.getaddrinfo("127.0.0.1",80,type=socket.SOCK_STREAM)); print(socket.getservbyname("http"), socket.inet_pton(socket.AF_INET6,"::1"))
for bad in ["socket.socket(999)","socket.socket().connect(5)","socket.socket().connect(('127.0.0.1',99999))","socket.getaddrinfo('127.0.0.1','nosuch')","socket.socket().bind(('a',))","socket.socket().settimeout(-1)","socket.socket().settimeout('x')","socket.socket().settimeout(float('nan'))","socket.socket().settimeout(1e10)","socket.socket().settimeout(1<<70)","socket.inet_aton('x')","socket.ntohs(-1)","socket.htonl(1<<40)","socket.socket().recv(-1)","socket.socket().connect(('a\\0b',1))","socket.socket().connect((1,1))","socket.socket(fileno=-5)","socket.socket(fileno=1000)","socket.socket(socket.AF_INET,socket.SOCK_STREAM,fileno=1000)", "socket.socket().send('x')","socket.socket().sendto(b'x')","socket.socket().setsockopt(1,2,1.5)","socket.socket().getsockopt(1,2,5000)","socket.inet_ntop(99,b'')","socket.socket().recv('x')","socket.socket(family='x')","socket.socket(a=1)","_socket.socket(1,2,3,4,5)","socket.CMSG_LEN(-1)","socket.socket().sendmsg(5)","socket.socket().sendmsg([b''],[5])","socket.socket().sendmsg([b''],[(1,)])","socket.socket().accept()","socket.socket().getsockname()","socket.socket(socket.AF_UNIX).bind('x'*200)","socket.socket(socket.AF_INET6).connect(('::1',1,1<<30))","socket.getnameinfo('x',0)","socket.getnameinfo((1,2),0)", "socket.socket().getpeername()","socket.socket(socket.AF_UNIX).connect('/nonexist')","socket.gethostbyname('127.0.0.1')","socket.if_nametoindex('nope')","socket.if_indextoname(0)","socket.getservbyport(-1)",]:
    try: print(bad, eval(bad))
    except Exception as e: print(bad, type(e).__name__, e)
import os
x,y=socket.socketpair()
r,w=os.pipe()
socket.send_fds(x,[b"msg"],[w]); m,fds,fl,ad=socket.recv_fds(y,10,3); print(m,len(fds),fl,ad); os.write(fds[0],b"zz"); print(os.read(r,5))
x.sendall(b"abcdef"); p=bytearray(2);q=bytearray(10); print(y.recvmsg_into([p,q]),p,q)
u=socket.socket(socket.AF_UNIX); u.bind(b"\0abs"+str(os.getpid()).encode()); print(u.getsockname()[:4])
print(x.timeout, x.family, x.type, x.proto, x.detach() > 0, x.fileno())
