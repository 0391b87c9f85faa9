# package: tornado
import asyncio, tornado.web, tornado.template, tornado.httpclient, tornado.httpserver, tornado.testing
class Main(tornado.web.RequestHandler):
    async def get(self, name):
        await asyncio.sleep(0.001); self.write({"name": name, "q": self.get_argument("q", None)})
async def main():
    server = tornado.httpserver.HTTPServer(tornado.web.Application([(r"/(\w+)", Main)]))
    socket, port = tornado.testing.bind_unused_port(); server.add_sockets([socket])
    answer = await tornado.httpclient.AsyncHTTPClient().fetch("http://127.0.0.1:%d/abc?q=1" % port); print(answer.code, answer.body)
asyncio.run(main())
print(tornado.template.Template("{% for x in y %}{{ x }}{% end %}").generate(y=[1, 2]))
