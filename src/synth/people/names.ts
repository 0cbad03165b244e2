/**
 * Name stock of the synthetic county: everyday given names and surnames of California's larger communities,
 * commonest first, so that a rank can be drawn by Zipf's law. No pairing of them is meant to be a real person.
 */
export const MALE_GIVEN: readonly string[] =
  'Jose James Michael Juan David Robert John Daniel Luis Jesus Carlos Miguel William Christopher Anthony Joseph Kevin Matthew Andrew Brian Jorge Ricardo Steven Eric Francisco Manuel Richard Antonio Jonathan Victor Alejandro Thomas Joshua Jason Oscar Edward Mark Ryan Fernando Eduardo Javier Justin Brandon Roberto Raul Paul Kenneth Nicholas Sergio Mario Timothy Rafael Jeffrey George Tyler Ruben Alexander Gabriel Adrian Charles Armando Scott Martin Patrick Gregory Peter Alberto Stephen Cesar Enrique Sean Julio Aaron Benjamin Salvador Hector Angel Pedro Arturo Samuel Ronald Jacob Donald Gustavo Marcus Nathan Alfredo Jaime Larry Dennis Ramon Gerardo Vincent Ivan Terrence Omar Dmitri Hung Minh Wei Arjun Sandeep Kwame Darnell Tyrone Jamal Deshawn Malik Andre Curtis Reginald Leon Dwayne Theodore Elias Hugo Emilio Ignacio Rogelio Ernesto Felipe Guillermo Gilbert Louis Lawrence Frank Raymond Gary Jerry Douglas Walter Henry Carl Arthur Albert Eugene Russell Philip Craig Alan Shawn Keith Bruce Wayne Travis Derek Kyle Cody Trevor Brett Chad Dustin Marvin Lester Clifford'.split(
    ' ',
  );

export const FEMALE_GIVEN: readonly string[] =
  'Maria Jennifer Jessica Elizabeth Ana Michelle Stephanie Guadalupe Patricia Melissa Rosa Sandra Nancy Veronica Linda Christina Karen Lisa Amanda Claudia Sarah Diana Adriana Monica Laura Kimberly Susan Ashley Martha Leticia Nicole Alejandra Cynthia Angela Gabriela Mary Rebecca Vanessa Teresa Samantha Erica Silvia Andrea Barbara Gloria Margarita Yolanda Sonia Natalie Cristina Rachel Amy Irma Katherine Alicia Alma Norma Christine Tiffany Carmen Brenda Danielle Heather Angelica Julie Brittany Lorena Crystal Julia Anna Denise Pamela Blanca Deborah Daisy Yesenia Wendy Donna Marisol Araceli Catherine Evelyn Esther Beatriz Victoria Olga Tracy Cindy Jasmine Megan Kelly Theresa Ruth Alexandra Virginia Lan Thuy Mei Priya Anjali Aisha Latoya Keisha Tanisha Ebony Imani Shanice Ingrid Marta Elena Josefina Consuelo Socorro Esperanza Dolores Graciela Rocio Maribel Carol Janet Joyce Judith Diane Cheryl Gail Frances Ann Alice Jean Judy Joan Marilyn Rose Kathleen Beverly Peggy Holly Dawn Robin April Amber Erin Tara Kristen Lindsay Kayla Chelsea Vivian Margaret Bonnie'.split(
    ' ',
  );

export const SURNAMES: readonly string[] =
  "Garcia Hernandez Lopez Martinez Gonzalez Rodriguez Perez Sanchez Ramirez Nguyen Flores Torres Gomez Lee Rivera Smith Cruz Reyes Diaz Morales Gutierrez Johnson Ramos Mendoza Ruiz Castillo Ortiz Chavez Williams Kim Jimenez Vargas Moreno Alvarez Castro Brown Jones Tran Romero Herrera Medina Aguilar Mendez Chen Davis Miller Vasquez Juarez Guzman Munoz Salazar Guerrero Wong Rojas Avila Contreras Soto Estrada Valdez Rios Luna Silva Ortega Delgado Campos Vega Maldonado Espinoza Pham Le Miranda Sandoval Cervantes Acosta Wilson Anderson Taylor Thomas Moore Martin Jackson Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams Nelson Baker Hall Campbell Mitchell Carter Roberts Phillips Evans Turner Parker Collins Edwards Stewart Morris Murphy Cook Rogers Morgan Cooper Peterson Bailey Reed Kelly Howard Ward Cox Richardson Wood Watson Brooks Bennett Gray James Hughes Price Myers Long Foster Sanders Ross Powell Sullivan Russell Jenkins Perry Butler Barnes Fisher Henderson Coleman Simmons Patterson Jordan Reynolds Hamilton Graham Wallace Woods Cole West Owens Freeman Wells Webb Simpson Stevens Tucker Porter Hunter Hicks Crawford Henry Boyd Mason Kennedy Warren Dixon Burns Gordon Shaw Holmes Rice Robertson Hunt Black Daniels Palmer Mills Nichols Grant Knight Ferguson Rose Stone Hawkins Dunn Perkins Hudson Spencer Gardner Payne Pierce Berry Matthews Arnold Wagner Willis Ray Watkins Olson Carroll Duncan Snyder Hart Cunningham Bradley Lane Andrews Ruiz-Lopez Li Wang Wu Huang Zhang Singh Patel Kaur Khan Ali Hassan Vang Xiong Yang Park Choi Chung Santos Bautista Aquino Villanueva Petrosyan Hakobyan O'Brien O'Connor McDonald McCarthy DeLeon DeLaCruz".split(
    ' ',
  );

/** Short forms people give at a counter. Only some of them are in the linker's own table, on purpose. */
export const SHORT_FORMS: Readonly<Record<string, readonly string[]>> = {
  Jose: ['Pepe', 'Joe'],
  James: ['Jim', 'Jimmy', 'Jamie'],
  Michael: ['Mike', 'Mikey'],
  David: ['Dave', 'Davey'],
  Robert: ['Bob', 'Rob', 'Bobby'],
  John: ['Jack', 'Johnny', 'Jon'],
  Daniel: ['Dan', 'Danny'],
  Jesus: ['Chuy'],
  William: ['Bill', 'Will', 'Billy'],
  Christopher: ['Chris', 'Topher'],
  Anthony: ['Tony'],
  Joseph: ['Joe', 'Joey'],
  Matthew: ['Matt'],
  Andrew: ['Andy', 'Drew'],
  Francisco: ['Paco', 'Pancho', 'Frank'],
  Richard: ['Rick', 'Dick', 'Rich'],
  Antonio: ['Tony', 'Tono'],
  Alejandro: ['Alex', 'Ale'],
  Thomas: ['Tom', 'Tommy'],
  Edward: ['Ed', 'Eddie', 'Ted'],
  Roberto: ['Beto', 'Rob'],
  Nicholas: ['Nick'],
  Guadalupe: ['Lupe'],
  Elizabeth: ['Liz', 'Beth', 'Betty'],
  Jennifer: ['Jen', 'Jenny'],
  Jessica: ['Jess', 'Jessie'],
  Stephanie: ['Steph'],
  Patricia: ['Pat', 'Patty', 'Trish'],
  Christina: ['Chris', 'Tina'],
  Katherine: ['Kate', 'Kathy', 'Katie'],
  Rebecca: ['Becky'],
  Margaret: ['Peggy', 'Maggie'],
  Deborah: ['Debbie'],
  Cynthia: ['Cindy'],
  Samantha: ['Sam'],
  Alexandra: ['Alex', 'Sandra'],
};

const HEADS =
  'Al Bar Bel Bran Cal Cor Dal Del Dor El Fen Gar Gor Hal Har Hol Ker Kol Lam Lin Mar Mon Nor Os Pel Quin Ral Ros Sal Sten Tal Tor Ul Val Ver Wal Wes Yar Zam Ber Cas Dun Ful Gal Hen Jar Kan Lor Mel'.split(
    ' ',
  );
const MIDDLES = 'a e i o u an en in on ar er or al el il ol am em as es is os ad ed ag eg'.split(' ');
const TAILS =
  'ton ley man son berg stein ez ado ero ini elli ov enko ian yan sen quist dorf feld ford well worth by wick more land ridge dale kin lett ero ales una ida'.split(
    ' ',
  );

/** The `n`-th made-up surname: the long tail of rare names a county has (49 * 26 * 35 of them). */
export function rareSurname(n: number): string {
  const head = HEADS[n % HEADS.length] as string;
  const middle = MIDDLES[Math.floor(n / HEADS.length) % MIDDLES.length] as string;
  const tail = TAILS[Math.floor(n / (HEADS.length * MIDDLES.length)) % TAILS.length] as string;
  return head + middle + tail;
}

/** How many different surnames `rareSurname` gives. */
export const RARE_SURNAMES = HEADS.length * MIDDLES.length * TAILS.length;
