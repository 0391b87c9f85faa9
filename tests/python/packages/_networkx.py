# package: networkx
import networkx as nx
g = nx.karate_club_graph()
print(nx.shortest_path(g, 0, 33), nx.diameter(g), sorted(nx.degree_centrality(g).items(), key=lambda p: (-p[1], p[0]))[:4])
print(sorted(map(len, nx.connected_components(nx.gnm_random_graph(60, 50, seed=3)))), nx.is_planar(nx.complete_graph(5)))
print(list(nx.topological_sort(nx.DiGraph([(1, 2), (2, 3), (1, 3)]))), nx.to_dict_of_lists(nx.minimum_spanning_tree(nx.cycle_graph(6))))
d = nx.DiGraph(); d.add_weighted_edges_from([(0, 1, 3), (1, 2, 1), (0, 2, 7)]); print(nx.dijkstra_path(d, 0, 2), nx.maximum_flow(d, 0, 2, capacity="weight")[0])
