# package: black
import black
text = "x = {  'a':1, \n 'b':  [1,2,\n3,] }\ndef f( a,b = 2 ,*c ) :\n  return lambda x : x+1 if a else  not  b\nclass A( object ):\n\n\n    x:int=1\n    @d\n    async  def g(self): await  h( aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,  bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, ccccccccccccccccc)\n"
print(black.format_str(text, mode=black.Mode()))
